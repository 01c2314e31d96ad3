"""Charts of tables as accessible SVG, made while building: chosen by rule, titled by a finding, honest or not there."""
