"""How does a person work from a terminal? One verb a module; each is imported only when it is called.

Exit codes: 0 = done and the answer is yes; 1 = done and the answer is no (mandatory findings, a refused
package); 2 = the call could not be carried out. With ``--json`` every line of output is one JSON object.
"""
