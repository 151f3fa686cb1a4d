# Warnings and sanitizers for our own code only. Lenient for packagers, strict for developers.
add_library(strict INTERFACE)
target_compile_options(strict INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Wunused -Woverloaded-virtual
  -Wconversion -Wsign-conversion -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wformat=2 -Wimplicit-fallthrough
  -Wno-restrict                     # g++ 12 warns falsely inside std::string
  -Wno-missing-field-initializers)  # designated initialisers leave the rest to their defaults, on purpose
if(HELM_CODER_DEVELOPER)
  target_compile_options(strict INTERFACE -Werror)
endif()
if(HELM_CODER_SANITIZE)
  # Everything is built with them, third-party headers too. Asio trips two warnings of the optimiser falsely then.
  add_compile_options(-fsanitize=${HELM_CODER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -Wno-mismatched-new-delete)
  add_link_options(-fsanitize=${HELM_CODER_SANITIZE})
endif()
