"""What the first page shows, a query for each kind of thing, however many teams somebody is in."""
