"""What a rule says of units and booths: zones, categories, reasons."""
