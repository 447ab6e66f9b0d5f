/* cmocka in one include, in the order it wants. */
#ifndef CHECK_H
#define CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A file of the published cases, or skip the test where they are not at hand. */
char *case_file(const char *name, size_t *size);

#endif
