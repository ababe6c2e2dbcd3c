"""The charter on duty: versions, publishing, delegation, what is used of allowances."""
