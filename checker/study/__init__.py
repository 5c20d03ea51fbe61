"""Reading a study's abstract: what kind it is, whom it studied, what it found and what it admits."""
