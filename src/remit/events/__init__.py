"""Big days: what is to be done until then and on the day, who and what there is, and a plan that holds."""
