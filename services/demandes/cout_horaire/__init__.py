"""What an hour of somebody costs the company: written on the time they record, told by nobody who may not see costs."""
