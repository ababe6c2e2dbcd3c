"""The pages on which owners connect payment providers, and the door that those knock at.

`views` and `forms` are the pages, `queries` what stands on them, `hooks` the door for webhooks; their
templates lie in `templates/remedies/provider_pages/`, their addresses in `remedies/urls.py`. What a provider
is asked is in `remedies/providers/`. What members see of what was given are pages of the desk, in
`complaints/views/`.
"""
