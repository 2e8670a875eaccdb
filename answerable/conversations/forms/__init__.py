"""Forms that speak the trade: each knows which verb it calls."""
