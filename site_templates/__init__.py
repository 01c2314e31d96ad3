"""Templates, components, styles and scripts of the portal's pages; a package so that they are installed with it."""
