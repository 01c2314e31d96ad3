"""The census (政务信息资源大普查): workbooks of departments compiled into the catalogue, and written again."""
