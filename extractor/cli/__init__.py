"""The command line: a thin shell of typer commands over ``extractor.corpus`` and ``extractor.api``.

Exit statuses: 0 all went well; 1 an input could not be read or analysed, the others were; 2 the command
was called wrongly; 3 an output could not be written; 4 a dictionary, rule file or model has a fault;
130 interrupted.
"""
