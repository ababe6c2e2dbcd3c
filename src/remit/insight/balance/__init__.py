"""The balance of a team: structure and room, each with its parts, counted week by week."""
