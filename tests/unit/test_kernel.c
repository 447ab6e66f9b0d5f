/* Every kernel against plain C on the same random lanes, including the ends of their ranges. */
#include "support/check.h"

#include "base/mem.h"
#include "base/rng.h"
#include "engine/kernel.h"

enum { LANES_MAX = 5 * FPLI_LANES_ALIGN, ROUNDS = 200 };

/* Rows of lanes, aligned as kernels want them. */
typedef struct bench {
    void *from, *plus, *minus, *due, *got;
    uint64_t due_mask[LANES_MAX / 64], got_mask[LANES_MAX / 64];
    uint8_t *due_weight, *got_weight;
    int8_t *loss;
} bench;

static void set_up(bench *b)
{
    void **const rows[] = {&b->from, &b->plus, &b->minus, &b->due, &b->got};
    for (int r = 0; r < 5; r++) {
        *rows[r] = fpli_new_aligned(LANES_MAX, sizeof(int32_t));
        assert_non_null(*rows[r]);
    }
    b->due_weight = fpli_new_aligned(LANES_MAX, 1);
    b->got_weight = fpli_new_aligned(LANES_MAX, 1);
    b->loss = fpli_new_aligned(LANES_MAX, 1);
    assert_true(b->due_weight != NULL && b->got_weight != NULL && b->loss != NULL);
}

static void clean_up(bench *b)
{
    void *const rows[] = {b->from, b->plus,       b->minus,      b->due,
                          b->got,  b->due_weight, b->got_weight, b->loss};
    for (int r = 0; r < 8; r++) fpli_free(rows[r]);
}

/* Small values about zero, sometimes the largest that the sum of three can hold. */
static void fill(fpli_rng *rng, void *row, int bytes)
{
    const int32_t most = bytes == 2 ? INT16_MAX / 3 : INT32_MAX / 3;
    for (int i = 0; i < LANES_MAX; i++) {
        const int32_t small = (int32_t)fpli_rng_below(rng, 201) - 100;
        const int32_t value = fpli_rng_below(rng, 20) > 0 ? small
                              : small > 0                 ? most
                                                          : -most;
        if (bytes == 2)
            ((int16_t *)row)[i] = (int16_t)value;
        else
            ((int32_t *)row)[i] = value;
    }
}

static void compare(bench *b, fpli_rng *rng, const fpli_kernel *plain,
                    const fpli_kernel *fast, int bytes)
{
    const size_t words = 1 + fpli_rng_below(rng, LANES_MAX / 64), n = words * 64;
    uint64_t live[LANES_MAX / 64];
    const int shift = (int)fpli_rng_below(rng, 6);
    fill(rng, b->from, bytes);
    fill(rng, b->plus, bytes);
    fill(rng, b->minus, bytes);
    for (size_t w = 0; w < words; w++) live[w] = fpli_rng_next(rng);
    for (size_t i = 0; i < n; i++) b->loss[i] = (int8_t)fpli_rng_below(rng, 128);

    plain->move(b->due, b->from, b->plus, b->minus, n, b->due_mask);
    fast->move(b->got, b->from, b->plus, b->minus, n, b->got_mask);
    assert_memory_equal(b->got, b->due, n * (size_t)bytes);
    assert_memory_equal(b->got_mask, b->due_mask, words * sizeof *live);

    plain->raise(b->due, b->plus, n);
    fast->raise(b->got, b->plus, n);
    assert_memory_equal(b->got, b->due, n * (size_t)bytes);

    plain->weigh(b->due_weight, b->from, live, n, shift);
    fast->weigh(b->got_weight, b->from, live, n, shift);
    assert_memory_equal(b->got_weight, b->due_weight, n);
    assert_int_equal(fast->expect(b->due_weight, b->loss, n),
                     plain->expect(b->due_weight, b->loss, n));
}

static void kernels_do_what_plain_c_does(void **state)
{
    (void)state;
    bench b = {0};
    set_up(&b);
    for (int level = FPLI_AVX2; level < FPLI_VECTORS_END; level++)
        for (int bytes = 2; bytes <= 4; bytes += 2) {
            const fpli_kernel *plain = fpli_kernel_get(FPLI_SCALAR, bytes);
            const fpli_kernel *fast = fpli_kernel_get((fpli_level_of_vectors)level,
                                                      bytes);
            fpli_rng rng;
            fpli_rng_start(&rng, (uint64_t)(level * 10 + bytes), "kernel");
            for (int round = 0; fast != NULL && round < ROUNDS; round++)
                compare(&b, &rng, plain, fast, bytes);
        }
    clean_up(&b);
}

/* Worked out by hand: 3 + 2 - 6 = -1 is negative, 3 + 2 - 5 = 0 is not. */
static void plain_c_adds_and_tells_signs(void **state)
{
    (void)state;
    bench b = {0};
    set_up(&b);
    const fpli_kernel *plain = fpli_kernel_get(FPLI_SCALAR, 2);
    int16_t *from = b.from, *plus = b.plus, *minus = b.minus, *got = b.got;
    from[0] = from[63] = 3;
    plus[0] = plus[63] = 2;
    minus[0] = 5;
    minus[63] = 6;
    plain->move(got, from, plus, minus, 64, b.got_mask);
    assert_int_equal(got[0], 0);
    assert_int_equal(got[63], -1);
    assert_true(b.got_mask[0] == (uint64_t)1 << 63);
    const uint64_t live = 3; /* lanes 0 and 1 */
    got[1] = FPLI_WEIGHT_CAP;
    plain->weigh(b.got_weight, got, &live, 64, 0);
    assert_int_equal(b.got_weight[0], 122); /* ((63 * 63) >> 5) * 63 >> 6 */
    assert_int_equal(b.got_weight[1], 0);   /* at the cap */
    assert_int_equal(b.got_weight[63], 0);  /* not live */
    clean_up(&b);
}

static void there_is_always_a_kernel(void **state)
{
    (void)state;
    assert_non_null(fpli_kernel_get(FPLI_SCALAR, 2));
    assert_non_null(fpli_kernel_get(FPLI_SCALAR, 4));
    assert_non_null(fpli_kernel_best(2));
    assert_non_null(fpli_kernel_best(4));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kernels_do_what_plain_c_does),
        cmocka_unit_test(plain_c_adds_and_tells_signs),
        cmocka_unit_test(there_is_always_a_kernel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
