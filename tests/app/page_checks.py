"""What holds for the markup of every page: `assert_clean(response)`, or `problems_of(text)` in words."""

import itertools
import re
from collections import Counter

from lxml import html

NAMELESS = ("input", "select", "textarea")
NEEDS_NO_NAME = {"hidden", "submit", "button"}


def assert_clean(response):
    """The page of a test client's response has no problem; returns its text."""
    text = response.content.decode() if hasattr(response, "content") else response
    assert problems_of(text) == []
    return text


def problems_of(text):
    """What is wrong with the markup of a page or a part of one, in words."""
    found = [f"a component was not drawn: {tag}" for tag in sorted(set(re.findall(r"</?c-[\w.-]+", text)))]
    found += [
        f"a tag of a template was not drawn: {tag}" for tag in re.findall(r"\{%.*?%\}|\{\{.*?\}\}", text)
    ]
    tree = html.fromstring(text)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        found += _forbidden(element)
    found += [f"the id {each} is there {times} times" for each, times in _ids(tree).items() if times > 1]
    found += _pointing_nowhere(tree)
    found += _without_label(tree)
    if text.lstrip().lower().startswith("<!doctype"):
        found += _of_a_whole_page(tree)
    return found


def _forbidden(element):
    """What the content policy drops or refuses."""
    here = f"<{element.tag} class={element.get('class')!r}>"
    for name, value in element.attrib.items():
        if name == "style" or re.fullmatch(r"on[a-z]+|hx-on.*", name):
            yield f"{here} has {name}={value!r}"
        if name in {"href", "action", "formaction"} and value.strip().lower().startswith("javascript:"):
            yield f"{here} runs a script by {name}"
        if name == "hx-vals" and value.startswith(("js:", "javascript:")):
            yield f"{here} runs a script by hx-vals"
    if element.tag == "style" or (element.tag == "script" and not element.get("src")):
        yield f"an inline <{element.tag}>"


def _ids(tree):
    return Counter(element.get("id") for element in tree.xpath("//*[@id]"))


def _pointing_nowhere(tree):
    """References to ids that aren't there."""
    known = set(_ids(tree))
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for element in tree.xpath(f"//*[@{name}]"):
            for each in element.get(name).split():
                if each not in known:
                    yield f"{name}={each!r} points nowhere"


def _without_label(tree):
    """Controls without a name, buttons and links without a word."""
    labelled = {element.get("for") for element in tree.xpath("//label[@for]")}
    for control in tree.xpath("|".join(f"//{tag}" for tag in NAMELESS)):
        named = (
            control.get("type") in NEEDS_NO_NAME
            or control.get("id") in labelled
            or control.get("aria-label")
            or control.get("aria-labelledby")
            or control.xpath("ancestor::label")
        )
        if not named:
            yield f"<{control.tag} name={control.get('name')!r}> has no label"
    for element in tree.xpath("//button|//a[@href]"):
        if not (element.text_content().strip() or element.get("aria-label")):
            yield f"<{element.tag}> has no words"
    for form in tree.xpath("//form[translate(@method, 'POST', 'post')='post']"):
        if not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
            yield f"the form to {form.get('action')!r} has no CSRF token"


def _of_a_whole_page(tree):
    if len(tree.xpath("//h1")) != 1:
        yield f"there are {len(tree.xpath('//h1'))} <h1>"
    if not tree.xpath("string(//title)").strip():
        yield "it has no title"
    if not tree.get("lang"):
        yield "it has no language"
    levels = [
        int(element.tag[1]) for element in tree.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4]")
    ]
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"<h{after}> follows <h{before}>"
