/* Days of the calendar. */
#ifndef FPLI_DATE_H
#define FPLI_DATE_H

#include <stdbool.h>

enum { FPLI_DATE_TEXT = 16 };

/* The day that lies a duration ("30d", "6w", "3m", "1y") after a day ("2024-04-26"). Months and years
 * that end sooner go on into the next (31 January and a month: 2 March). False if the date is no
 * single day or one of them is not well formed. */
bool fpli_date_after(const char *date, const char *duration, char text[FPLI_DATE_TEXT]);

#endif
