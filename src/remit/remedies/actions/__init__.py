"""Every move of a remedy, each with its entries in the ledger."""
