/* The proleptic Gregorian calendar: days are counted through. */
#include "base/date.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST = 100000 };

typedef struct day {
    int64_t year, month, of_month; /* month 1..12, of_month from 1, possibly too large */
} day;

/* Days since 1 March of the year 0: leap days come last in years that begin in March. */
static int64_t number_of(day d)
{
    const int64_t months = d.year * 12 + d.month - 3, year = months / 12;
    return year * 365 + year / 4 - year / 100 + year / 400 +
           (months % 12 * 306 + 5) / 10 + d.of_month - 1;
}

static day of_number(int64_t number)
{
    int64_t year = number / 365;
    while (number_of((day){year, 3, 1}) > number) year--;
    int64_t month = 14; /* of the year that begins in March: 3..14 */
    while (number_of((day){year, month, 1}) > number) month--;
    const int64_t first = number_of((day){year, month, 1});
    return (day){month > 12 ? year + 1 : year, month > 12 ? month - 12 : month,
                 number - first + 1};
}

static bool add(day *d, const char *duration)
{
    char *end = NULL;
    const long n = strtol(duration, &end, 10);
    if (end == duration || n < 0 || n > MOST || end[0] == '\0' || end[1] != '\0')
        return false;
    switch (*end) {
    case 'd': d->of_month += n; return true;
    case 'w': d->of_month += 7 * n; return true;
    case 'm': d->month += n; return true;
    case 'y': d->year += n; return true;
    default: return false;
    }
}

bool fpli_date_after(const char *date, const char *duration, char text[FPLI_DATE_TEXT])
{
    int year = 0, month = 0, of_month = 0, used = 0;
    if (date == NULL || duration == NULL ||
        sscanf(date, "%4d-%2d-%2d%n", &year, &month, &of_month, &used) != 3 ||
        date[used] != '\0' || year < 1 || month < 1 || month > 12 || of_month < 1)
        return false;
    day d = {year, month, of_month};
    if (!add(&d, duration)) return false;
    d = of_number(number_of(d));
    if (d.year > 9999) return false;
    snprintf(text, FPLI_DATE_TEXT, "%04d-%02d-%02d", (int)d.year, (int)d.month,
             (int)d.of_month);
    return true;
}
