"""What if: a charter that nobody decides by yet, replayed over what was decided."""
