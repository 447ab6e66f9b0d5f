/* Exact counts. With GMP, its low-level functions on limbs that we allocate ourselves: so a lack of
 * memory is an error like any other. Without it, two limbs and an honest overflow. */
#include <fahrplan/count.h>

#include "base/mem.h"
#include "base/status.h"

#include <math.h>
#include <string.h>

#ifdef FPL_HAVE_GMP
#include <gmp.h>
_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t), "limbs are 64 bits");
enum { LIMBS_MAX = 1 << 16 };
static mp_limb_t *limbs(const fpl_count *count)
{
    return (mp_limb_t *)count->limbs;
}
#else
enum { LIMBS_MAX = 2 };
#endif

void fpl_count_clear(fpl_count *count)
{
    fpli_free(count->limbs);
    memset(count, 0, sizeof *count);
}

static fpl_status reserve(fpl_count *count, size_t n)
{
    if (n <= count->capacity) return FPL_OK;
    if (n > LIMBS_MAX) return FPL_E_OVERFLOW;
    uint64_t *grown = fpli_resize(count->limbs, n, sizeof *grown);
    if (grown == NULL) return FPL_E_MEMORY;
    count->limbs = grown;
    count->capacity = n;
    return FPL_OK;
}

static void trim(fpl_count *count)
{
    while (count->n_limbs > 0 && count->limbs[count->n_limbs - 1] == 0) count->n_limbs--;
}

/* One limb more at the top, if it is not zero. */
static fpl_status push(fpl_count *count, uint64_t limb)
{
    if (limb == 0) return FPL_OK;
    fpl_status status = reserve(count, count->n_limbs + 1);
    if (status != FPL_OK) return status;
    count->limbs[count->n_limbs++] = limb;
    return FPL_OK;
}

fpl_status fpl_count_set(fpl_count *count, uint64_t value)
{
    if (value != 0) {
        fpl_status status = reserve(count, 1);
        if (status != FPL_OK) return status;
        count->limbs[0] = value;
    }
    count->n_limbs = value != 0;
    return FPL_OK;
}

fpl_status fpl_count_copy(fpl_count *count, const fpl_count *other)
{
    if (count == other) return FPL_OK;
    fpl_status status = reserve(count, other->n_limbs);
    if (status != FPL_OK) return status;
    if (other->n_limbs > 0)
        memcpy(count->limbs, other->limbs, other->n_limbs * sizeof *other->limbs);
    count->n_limbs = other->n_limbs;
    return FPL_OK;
}

fpl_status fpl_count_add_u64(fpl_count *count, uint64_t value)
{
    uint64_t one[1] = {value};
    const fpl_count addend = {one, value != 0, 1};
    return fpl_count_add(count, &addend);
}

fpl_status fpl_count_add(fpl_count *count, const fpl_count *other)
{
    const size_t n_other = other->n_limbs;
    const size_t n = count->n_limbs > n_other ? count->n_limbs : n_other;
    fpl_status status = reserve(count, n + 1 <= LIMBS_MAX ? n + 1 : n);
    if (status != FPL_OK) return status;
    const uint64_t *addend = other->limbs; /* after reserve: other may be count */
    while (count->n_limbs < n) count->limbs[count->n_limbs++] = 0;
    uint64_t carry = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t term = i < n_other ? addend[i] : 0;
        uint64_t sum = count->limbs[i] + term;
        uint64_t carried = sum < term;
        count->limbs[i] = sum + carry;
        carry = carried | (count->limbs[i] < sum);
    }
    return push(count, carry);
}

fpl_status fpl_count_mul_u64(fpl_count *count, uint64_t value)
{
    if (value == 0 || count->n_limbs == 0) return fpl_count_set(count, 0);
#ifdef FPL_HAVE_GMP
    mp_size_t n = (mp_size_t)count->n_limbs;
    return push(count, mpn_mul_1(limbs(count), limbs(count), n, value));
#else
    uint64_t carry = 0;
    for (size_t i = 0; i < count->n_limbs; i++) {
        __extension__ unsigned __int128 product = (unsigned __int128)count->limbs[i] *
                                                      value +
                                                  carry;
        count->limbs[i] = (uint64_t)product;
        carry = (uint64_t)(product >> 64);
    }
    return push(count, carry);
#endif
}

fpl_status fpl_count_mul(fpl_count *count, const fpl_count *other)
{
    fpl_status status = FPL_OK;
    fpl_count product = {0}, partial = {0};
    for (size_t i = other->n_limbs; i > 0; i--) { /* Horner over the limbs of other */
        FPL_TRY(reserve(&product, product.n_limbs + 1));
        if (product.n_limbs > 0) {
            memmove(product.limbs + 1, product.limbs,
                    product.n_limbs * sizeof *product.limbs);
            product.limbs[0] = 0;
            product.n_limbs++;
        }
        FPL_TRY(fpl_count_copy(&partial, count));
        FPL_TRY(fpl_count_mul_u64(&partial, other->limbs[i - 1]));
        FPL_TRY(fpl_count_add(&product, &partial));
    }
    trim(&product);
    fpl_count_clear(count);
    *count = product;
    memset(&product, 0, sizeof product);
out:
    fpl_count_clear(&product);
    fpl_count_clear(&partial);
    return status;
}

int fpl_count_compare(const fpl_count *a, const fpl_count *b)
{
    if (a->n_limbs != b->n_limbs) return a->n_limbs < b->n_limbs ? -1 : 1;
    for (size_t i = a->n_limbs; i > 0; i--) {
        if (a->limbs[i - 1] != b->limbs[i - 1])
            return a->limbs[i - 1] < b->limbs[i - 1] ? -1 : 1;
    }
    return 0;
}

fpl_status fpl_count_get_u64(const fpl_count *count, uint64_t *value)
{
    if (count->n_limbs > 1) return FPL_E_OVERFLOW;
    *value = count->n_limbs == 0 ? 0 : count->limbs[0];
    return FPL_OK;
}

double fpl_count_to_double(const fpl_count *count)
{
    double value = 0;
    for (size_t i = count->n_limbs; i > 0; i--)
        value = value * 0x1p64 + (double)count->limbs[i - 1];
    return value;
}

enum { CHUNK_DIGITS = 19 };
static const uint64_t CHUNK =
    10000000000000000000u; /* 10^19, the largest power in 64 bits */

/* Divide in place by CHUNK, return the remainder. */
static uint64_t next_chunk(fpl_count *count)
{
    uint64_t remainder = 0;
#ifdef FPL_HAVE_GMP
    remainder = mpn_divrem_1(limbs(count), 0, limbs(count), (mp_size_t)count->n_limbs,
                             CHUNK);
#else
    for (size_t i = count->n_limbs; i > 0; i--) {
        __extension__ unsigned __int128 part = (unsigned __int128)remainder << 64 |
                                               count->limbs[i - 1];
        count->limbs[i - 1] = (uint64_t)(part / CHUNK);
        remainder = (uint64_t)(part % CHUNK);
    }
#endif
    trim(count);
    return remainder;
}

fpl_status fpl_count_digits(const fpl_count *count, char **digits)
{
    fpl_status status = FPL_OK;
    fpl_count rest = {0};
    const size_t room = (count->n_limbs + 1) * 20 +
                        1; /* a limb has fewer than 20 digits */
    char *text = fpli_new(room, 1);
    if (text == NULL) return FPL_E_MEMORY;
    FPL_TRY(fpl_count_copy(&rest, count));
    size_t at = room - 1;
    do {
        uint64_t chunk = next_chunk(&rest);
        for (int i = 0; i < CHUNK_DIGITS && (chunk > 0 || rest.n_limbs > 0 || i == 0);
             i++) {
            text[--at] = (char)('0' + chunk % 10);
            chunk /= 10;
        }
    } while (rest.n_limbs > 0);
    memmove(text, text + at, room - at);
    *digits = text;
    text = NULL;
out:
    fpl_count_clear(&rest);
    fpli_free(text);
    return status;
}

void fpl_string_free(char *text)
{
    fpli_free(text);
}
