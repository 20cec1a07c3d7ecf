"""Web pages: their article, its lines and what is around it; web archives."""
