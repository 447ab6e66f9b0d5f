/* Numbers in files. strtod and printf follow the locale, so the point is put in and taken
 * out by hand. */
#include "io/number.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *text)
{
    while (is_digit(*text)) text++;
    return text;
}

bool fpli_integer_parse(const char *text, int *value)
{
    const char *digits = text + (*text == '-' || *text == '+');
    if (digits == skip_digits(digits) || *skip_digits(digits) != '\0') return false;
    errno = 0;
    long long read = strtoll(text, NULL, 10);
    if (errno != 0 || read < INT32_MIN || read > INT32_MAX) return false;
    *value = (int)read;
    return true;
}

bool fpli_decimal_parse(const char *text, fpl_decimal *value)
{
    bool negative = *text == '-';
    const char *at = text + (*text == '-' || *text == '+');
    int64_t sum = 0;
    int digits = 0, places = -1;
    for (; *at != '\0'; at++) {
        if (*at == '.' && places < 0 && digits > 0) {
            places = 0;
            continue;
        }
        if (!is_digit(*at)) return false;
        sum = sum * 10 + (*at - '0');
        digits++;
        if (places >= 0) places++;
        if (sum > INT32_MAX || places > 4) return false;
    }
    if (digits == 0 || places == 0) return false;
    if (places < 0) places = 0;
    for (; places > 0 && sum % 10 == 0; places--) sum /= 10;
    value->value = (int32_t)(negative ? -sum : sum);
    value->places = places;
    return true;
}

/* Exchange the first `from` for `to`, which may be of another length; false if there is
 * no room. */
static bool exchange(char *text, size_t room, const char *from, const char *to)
{
    char *found = strstr(text, from);
    if (found == NULL) return true;
    size_t from_size = strlen(from), to_size = strlen(to),
           tail = strlen(found + from_size) + 1;
    if (strlen(text) - from_size + to_size + 1 > room) return false;
    memmove(found + to_size, found + from_size, tail);
    memcpy(found, to, to_size); /* NOLINT(bugprone-not-null-terminated-result) */
    return true;
}

bool fpli_real_parse(const char *text, double *value)
{
    const char *at = text + (*text == '-' || *text == '+');
    const char *whole = at;
    at = skip_digits(at);
    if (at == whole) return false;
    if (*at == '.') {
        const char *places = ++at;
        at = skip_digits(at);
        if (at == places) return false;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        at += *at == '-' || *at == '+';
        const char *exponent = at;
        at = skip_digits(at);
        if (at == exponent) return false;
    }
    char local[512];
    if (*at != '\0' || strlen(text) >= sizeof local) return false;
    snprintf(local, sizeof local, "%s", text);
    if (!exchange(local, sizeof local, ".", localeconv()->decimal_point)) return false;
    double read = strtod(local, NULL);
    if (!isfinite(read)) return false;
    *value = read;
    return true;
}

void fpli_decimal_text(fpl_decimal value, char text[FPLI_NUMBER_TEXT])
{
    int64_t size = value.value < 0 ? -(int64_t)value.value : value.value;
    int places = value.places;
    for (; places > 0 && size % 10 == 0; places--) size /= 10;
    int64_t unit = 1;
    for (int i = 0; i < places; i++) unit *= 10;
    const char *sign = value.value < 0 ? "-" : "";
    if (places == 0)
        snprintf(text, FPLI_NUMBER_TEXT, "%s%lld", sign, (long long)size);
    else
        snprintf(text, FPLI_NUMBER_TEXT, "%s%lld.%0*lld", sign, (long long)(size / unit),
                 places, (long long)(size % unit));
}

void fpli_real_text(double value, char text[FPLI_NUMBER_TEXT])
{
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, FPLI_NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(text, NULL) == value) break;
    }
    exchange(text, FPLI_NUMBER_TEXT, localeconv()->decimal_point, ".");
}
