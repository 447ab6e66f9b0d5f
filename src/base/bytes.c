/* Numbers in bytes and back. */
#include "base/bytes.h"

#include "base/mem.h"

#include <string.h>

enum { LIMBS_MOST = 4096 }; /* no model of ours has more scenarios */

void fpli_bytes_clear(fpli_bytes *bytes)
{
    fpli_free(bytes->items);
    memset(bytes, 0, sizeof *bytes);
}

static bool make_room(fpli_bytes *bytes, size_t n)
{
    if (bytes->capacity - bytes->n >= n) return true;
    if (n > SIZE_MAX / 4 || bytes->capacity > SIZE_MAX / 4) return false;
    const size_t capacity = 2 * bytes->capacity + n + 64;
    unsigned char *larger = fpli_resize(bytes->items, capacity, 1);
    if (larger == NULL) return false;
    bytes->items = larger;
    bytes->capacity = capacity;
    return true;
}

void fpli_bytes_put(fpli_bytes *bytes, const void *items, size_t n)
{
    if (n == 0) return;
    if (!make_room(bytes, n)) {
        bytes->broken = true;
        return;
    }
    memcpy(bytes->items + bytes->n, items, n);
    bytes->n += n;
}

void fpli_bytes_put_number(fpli_bytes *bytes, uint64_t number, size_t size)
{
    unsigned char little[8];
    for (size_t i = 0; i < size; i++) little[i] = (unsigned char)(number >> 8 * i);
    fpli_bytes_put(bytes, little, size);
}

void fpli_bytes_put_count(fpli_bytes *bytes, const fpl_count *count)
{
    fpli_bytes_put_number(bytes, count->n_limbs, 4);
    for (size_t i = 0; i < count->n_limbs; i++)
        fpli_bytes_put_number(bytes, count->limbs[i], 8);
}

const unsigned char *fpli_take(fpli_reader *reader, size_t n)
{
    const unsigned char *at = reader->at;
    if (n > reader->n) {
        reader->broken = true;
        reader->n = 0;
        return NULL;
    }
    reader->at += n;
    reader->n -= n;
    return at;
}

uint64_t fpli_take_number(fpli_reader *reader, size_t size)
{
    const unsigned char *little = fpli_take(reader, size);
    uint64_t number = 0;
    for (size_t i = 0; little != NULL && i < size; i++)
        number |= (uint64_t)little[i] << 8 * i;
    return number;
}

/* Horner over the limbs, so that a count is made by its own functions only. */
fpl_status fpli_take_count(fpli_reader *reader, fpl_count *count)
{
    fpl_count base = {0};
    const uint64_t n = fpli_take_number(reader, 4);
    fpl_status status = fpl_count_set(count, 0);
    if (n > reader->n / 8 || n > LIMBS_MOST) reader->broken = true;
    if (reader->broken || status != FPL_OK) return status;
    const unsigned char *limbs = fpli_take(reader, (size_t)n * 8);
    status = fpl_count_set(&base, (uint64_t)1 << 32);
    for (size_t i = 2 * (size_t)n; i > 0 && status == FPL_OK; i--) {
        fpli_reader half = {limbs + 4 * (i - 1), 4, false};
        status = fpl_count_mul(count, &base);
        if (status == FPL_OK)
            status = fpl_count_add_u64(count, fpli_take_number(&half, 4));
    }
    fpl_count_clear(&base);
    return status;
}

uint64_t fpli_sum(uint64_t sum, const void *items, size_t n)
{
    const unsigned char *bytes = items;
    for (size_t i = 0; i < n; i++) sum = (sum ^ bytes[i]) * 0x100000001b3u; /* FNV-1a */
    return sum;
}
