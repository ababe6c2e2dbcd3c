"""Charts as SVG made on the server: classes only, so that the page's colours and content policy hold."""
