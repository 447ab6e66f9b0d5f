/* SHA-256 (FIPS 180-4), for digests of models. */
#ifndef FPLI_HASH_H
#define FPLI_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct fpli_sha256 {
    uint32_t state[8];
    uint64_t size;
    unsigned char block[64];
} fpli_sha256;

enum { FPLI_DIGEST_TEXT = 65 }; /* 64 hex digits and the final zero */

void fpli_sha256_start(fpli_sha256 *hash);
void fpli_sha256_add(fpli_sha256 *hash, const void *bytes, size_t size);
void fpli_sha256_text(fpli_sha256 *hash, char text[FPLI_DIGEST_TEXT]);

#endif
