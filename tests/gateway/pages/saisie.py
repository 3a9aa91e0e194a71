"""What a browser would send of a form it was shown: the fields of a page, to change and to post."""

from html.parser import HTMLParser

Champs = dict[str, list[str]]


class _Lecteur(HTMLParser):
    def __init__(self, action: str) -> None:
        super().__init__()
        self.action, self.champs = action, Champs()
        self.dedans, self.texte, self.liste = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {nom: valeur or "" for nom, valeur in attrs}
        if tag == "form":
            self.dedans = self.action in (a.get("action"), a.get("hx-post"))
        if not self.dedans:
            return
        if tag == "option" and self.liste and ("selected" in a or self.liste not in self.champs):
            self.champs[self.liste] = [a["value"]]
        elif tag == "select":
            self.liste = a["name"]
        elif tag == "textarea":
            self.texte = a["name"]
            self.champs.setdefault(self.texte, []).append("")
        elif tag == "input" and a.get("name") and (a.get("type") not in ("checkbox", "radio") or "checked" in a):
            self.champs.setdefault(a["name"], []).append(a.get("value", "on"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.dedans = False
        elif tag == "select":
            self.liste = ""
        elif tag == "textarea":
            self.texte = ""

    def handle_data(self, data: str) -> None:
        if self.dedans and self.texte:
            self.champs[self.texte][-1] += data


def champs(page: str, action: str) -> Champs:
    """The fields of the form sent to `action`, as shown. (Repeated selects keep the last one only.)"""
    lecteur = _Lecteur(action)
    lecteur.feed(page)
    assert lecteur.champs, f"no form sent to {action}"
    return lecteur.champs
