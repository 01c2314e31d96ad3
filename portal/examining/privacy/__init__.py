"""The privacy gate before publishing: personal data (个人信息), secrets (涉密), small groups, approval."""
