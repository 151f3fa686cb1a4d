#include <cstdio>

int main() {
  std::puts("helm-coder " HELM_CODER_VERSION);
  return 0;
}
