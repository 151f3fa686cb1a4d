"""The acceptance tests run the built helm-coder against real control planes with real Helms.

    python3 -m pytest tests/acceptance

HELM_CODER_BINARY         the program, else build/dev/bin/helm-coder
HELM_CODER_PLANES         a folder where `planes up` has been run, else one is made and removed again
"""
from fixtures import place, planes, planes_folder, repository, repository_url  # noqa: F401
