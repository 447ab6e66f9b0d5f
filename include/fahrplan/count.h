/* Exact non-negative integers of any size: numbers of scenarios, sizes of basins.
 *
 * A count filled with zeros is 0 and owns nothing. A build without GMP holds 128 bits and
 * returns FPL_E_OVERFLOW beyond. */
#ifndef FAHRPLAN_COUNT_H
#define FAHRPLAN_COUNT_H

#include <fahrplan/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_count {
    uint64_t *limbs; /* little end first, no leading zero limb */
    size_t n_limbs;
    size_t capacity;
} fpl_count;

/* Release what the count owns; it is 0 afterwards. */
FPL_API void fpl_count_clear(fpl_count *count);

/* count = value; count += value; count *= value. FPL_E_MEMORY, FPL_E_OVERFLOW (128-bit builds). */
FPL_API fpl_status fpl_count_set(fpl_count *count, uint64_t value);
FPL_API fpl_status fpl_count_add_u64(fpl_count *count, uint64_t value);
FPL_API fpl_status fpl_count_mul_u64(fpl_count *count, uint64_t value);

/* count = other; count += other; count *= other. count and other may be the same object. */
FPL_API fpl_status fpl_count_copy(fpl_count *count, const fpl_count *other);
FPL_API fpl_status fpl_count_add(fpl_count *count, const fpl_count *other);
FPL_API fpl_status fpl_count_mul(fpl_count *count, const fpl_count *other);

/* Negative, zero or positive as a is less than, equal to or greater than b. */
FPL_API int fpl_count_compare(const fpl_count *a, const fpl_count *b);

/* The value if it fits 64 bits. Otherwise FPL_E_OVERFLOW. */
FPL_API fpl_status fpl_count_get_u64(const fpl_count *count, uint64_t *value);

/* The nearest double (infinite beyond 1.8e308): for statistics and pictures only. */
FPL_API double fpl_count_to_double(const fpl_count *count);

/* All decimal digits, zero-terminated, into a text that is yours: release it with fpl_string_free. */
FPL_API fpl_status fpl_count_digits(const fpl_count *count, char **digits);
FPL_API void fpl_string_free(char *text);

#ifdef __cplusplus
}
#endif

#endif
