"""What contracts, time, planning and technicians can cause to visits."""
