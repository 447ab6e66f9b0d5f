/* Numbers as they stand in files: a point whatever the locale says, and nothing around
 * them. */
#ifndef FPLI_NUMBER_H
#define FPLI_NUMBER_H

#include "base/text.h"

#include <fahrplan/records.h>

/* A whole number: sign, digits. False if the text is anything else or does not fit. */
bool fpli_integer_parse(const char *text, int *value);

/* A decimal: sign, digits, and up to four places after a point; exact, shortest form
 * (1.50 is 1.5). False if the text is anything else or does not fit. */
bool fpli_decimal_parse(const char *text, fpl_decimal *value);

/* A finite real number: sign, digits, point, exponent. */
bool fpli_real_parse(const char *text, double *value);

/* The forms that the functions above read back to the same value, as short as they can
 * be. */
enum { FPLI_NUMBER_TEXT = 40 };
void fpli_decimal_text(fpl_decimal value, char text[FPLI_NUMBER_TEXT]);
void fpli_real_text(double value, char text[FPLI_NUMBER_TEXT]);

#endif
