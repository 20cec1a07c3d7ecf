"""`python -m casebook` is the command `casebook`."""

from casebook.commands import main

if __name__ == "__main__":
    main()
