# The mathematical functions that the program brings with it: src/base/math.hpp says why.
set(INTERREGNUM_FIXED_FUNCTIONS exp exp2 expm1 log log1p log2 log10 pow sin cos sincos tan asin acos atan atan2
                                sinh cosh tanh erf erfc hypot cbrt)
string(REPLACE "-gnu" "-musl" INTERREGNUM_MUSL_FOLDER "/usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}")
find_file(INTERREGNUM_MUSL libc.a PATHS ${INTERREGNUM_MUSL_FOLDER} NO_DEFAULT_PATH REQUIRED)

# Files of musl that hold these functions, and those that they use. What is hidden in them stays among themselves.
set(INTERREGNUM_MUSL_FILES exp exp2 expm1 log log1p log2 log10 pow sin cos sincos tan asin acos atan atan2 sinh cosh
                           tanh erf hypot cbrt exp_data log_data log2_data pow_data __expo2 __sin __cos __tan __rem_pio2 __rem_pio2_large
                           __math_divzero __math_invalid __math_oflow __math_uflow __math_xflow)
list(TRANSFORM INTERREGNUM_MUSL_FILES APPEND .lo)
set(INTERREGNUM_FIXED_MATH ${PROJECT_BINARY_DIR}/musl/fixed_math.o)
# To be called in the folder of the library that takes the file in.
function(interregnum_make_fixed_math)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/musl)
  add_custom_command(OUTPUT ${INTERREGNUM_FIXED_MATH}
    COMMAND ${CMAKE_AR} x ${INTERREGNUM_MUSL} ${INTERREGNUM_MUSL_FILES}
    COMMAND ${CMAKE_LINKER} -r -o fixed_math.o ${INTERREGNUM_MUSL_FILES}
    COMMAND ${CMAKE_OBJCOPY} --localize-hidden fixed_math.o
    WORKING_DIRECTORY ${PROJECT_BINARY_DIR}/musl
    DEPENDS ${INTERREGNUM_MUSL} VERBATIM)
  set_source_files_properties(${INTERREGNUM_FIXED_MATH} PROPERTIES EXTERNAL_OBJECT ON GENERATED ON)
endfunction()

# The compiler must not compute them itself either: its values for constants may have other last bits.
list(TRANSFORM INTERREGNUM_FIXED_FUNCTIONS PREPEND -fno-builtin- OUTPUT_VARIABLE INTERREGNUM_NO_BUILTINS)
