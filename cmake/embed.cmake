# Makes every text file FILE of a folder includable as the string literal FILE.inc. A compiler's limit on one literal
# (65,536 characters are promised) is far above any page.
function(embed_pages target dir)
  file(GLOB_RECURSE pages CONFIGURE_DEPENDS ${dir}/*.md ${dir}/*.yaml ${dir}/*.json ${dir}/*.css)
  foreach(page ${pages})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${page})
    file(READ ${page} text)
    get_filename_component(name ${page} NAME)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/${target}/${name}.inc CONTENT "R\"~(\@text\@)~\"\n" @ONLY)
  endforeach()
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/embedded/${target})
endfunction()
