"""How quickly a charter of 500 rules is edited on the screen."""
