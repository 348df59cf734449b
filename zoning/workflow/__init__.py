"""Use cases, one function each; screens and the command line call these."""
