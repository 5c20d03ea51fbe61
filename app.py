"""Starts the page: `python app.py`, then open the address that it prints."""

from checker.web import main

if __name__ == "__main__":
    main()
