"""What lists and trees show, as Qt's item models: they hold data and never paint."""
