"""The HTML of the portal: which pages exist, what each template may use, and how it is written."""
