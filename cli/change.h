/* Changes of judgements as one types them: "CONF.easing->LEVEL = 3 0 -1 -2" for a group,
 * "CONF.easing->LEVEL.L2 = 1" for one value. */
#ifndef CHANGE_H
#define CHANGE_H

#include "call.h"

typedef struct change {
    int from, from_variant, to;
    int to_variant; /* -1: scores of all variants of `to` */
    fpl_decimal scores[FPL_VARIANTS_MAX];
    int n; /* 1 with a to_variant */
} change;

/* 0, or the message is out and the exit code returned. */
int change_parse(const char *text, const fpl_model *model, change *c);

#endif
