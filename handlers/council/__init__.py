"""The council's memory and cadence: `/ai-council` and what it shows."""
