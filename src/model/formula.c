/* Formulas, method.md M4.4: recursive descent into a tree in an arena. Every comparison becomes a
 * set of variants, so that evaluating is one bit test a leaf.
 *
 *   or   := and ("or" and)*         and := not ("and" not)*
 *   not  := "not" not | "(" or ")" | "true" | "false" | id op id | id "in" "{" id ("," id)* "}"
 */
#include "model/formula.h"

#include "base/status.h"
#include "base/text.h"
#include "model/model.h"

#include <ctype.h>
#include <string.h>

enum { FORMULA_LENGTH_MAX = 65536, FORMULA_DEPTH_MAX = 200, NAME_ROOM = 256 };

typedef enum node_kind { NODE_TEST, NODE_CONST, NODE_NOT, NODE_AND, NODE_OR } node_kind;

typedef struct node {
    node_kind kind;
    int descriptor;    /* NODE_TEST */
    uint64_t variants; /* NODE_TEST: the set; NODE_CONST: 0 or 1 */
    const struct node *left, *right;
} node;

struct fpl_formula {
    fpli_arena *arena; /* NULL: borrowed */
    const node *root;
};

/* ---- tokens ------------------------------------------------------------------------------- */

typedef struct token {
    enum { END, NAME, SIGN } kind;
    char text[NAME_ROOM];
    size_t at; /* byte offset */
    size_t size;
} token;

typedef struct parser {
    const fpl_model *model;
    const char *text;
    size_t at;
    token now;
    int depth;
    fpli_arena *arena;
    fpl_error *error;
    fpl_status status;
} parser;

static fpl_mark mark_of(const parser *p, size_t at, size_t size)
{
    return (fpl_mark){.line = 1,
                      .column = (int)fpli_utf8_length(p->text, at) + 1,
                      .width = (int)fpli_utf8_length(p->text + at, size)};
}

/* Complain at the present token; the first complaint stands. */
static void complain(parser *p, fpl_status status, const char *expected)
{
    if (p->status != FPL_OK) return;
    p->status = status;
    fpl_mark mark = mark_of(p, p->now.at, p->now.size);
    if (p->now.kind == END)
        fpli_fail_at(p->error, status, NULL, mark, "the formula ends where %s is due",
                     fpli_translated(p->error, expected));
    else
        fpli_fail_at(p->error, status, NULL, mark, "found '%s' where %s is due",
                     p->now.text, fpli_translated(p->error, expected));
}

static bool in_name(unsigned char c)
{
    return isalnum(c) || c >= 0x80 || c == '_' || c == '-' || c == '.';
}

static void next(parser *p)
{
    while (isspace((unsigned char)p->text[p->at])) p->at++;
    const char *start = p->text + p->at;
    token *t = &p->now;
    t->at = p->at;
    t->size = 0;
    t->kind = *start == '\0' ? END : in_name((unsigned char)*start) ? NAME : SIGN;
    if (t->kind == NAME)
        while (in_name((unsigned char)start[t->size])) t->size++;
    else if (t->kind == SIGN)
        t->size = start[0] != '\0' && strchr("<>!=", start[0]) != NULL && start[1] == '='
                      ? 2
                      : 1;
    p->at += t->size;
    size_t shown = t->size < NAME_ROOM - 1 ? t->size : NAME_ROOM - 1;
    memcpy(t->text, start, shown);
    t->text[shown] = '\0';
    if (t->size > shown) complain(p, FPL_E_SYNTAX, "a shorter name");
}

static bool is(const parser *p, const char *text)
{
    return p->now.kind != END && strcmp(p->now.text, text) == 0;
}

static bool accept(parser *p, const char *text)
{
    if (!is(p, text)) return false;
    next(p);
    return true;
}

/* ---- names -------------------------------------------------------------------------------- */

typedef struct name_list {
    const fpl_model *model;
    int descriptor; /* -1: names of descriptors */
} name_list;

static const char *name_at(const void *context, int i)
{
    const name_list *list = context;
    const fpl_content *content = &list->model->content;
    return list->descriptor < 0
               ? content->descriptors.items[i].id
               : content->descriptors.items[list->descriptor].variants.items[i].id;
}

static void unknown_name(parser *p, int descriptor)
{
    if (p->status != FPL_OK) return;
    const fpl_content *content = &p->model->content;
    fpl_mark mark = mark_of(p, p->now.at, p->now.size);
    const name_list list = {p->model, descriptor};
    int n = content->descriptors.n;
    p->status = FPL_E_MODEL;
    if (descriptor < 0) {
        fpli_fail_at(p->error, FPL_E_MODEL, NULL, mark, "no descriptor is called '%s'",
                     p->now.text);
    } else {
        n = content->descriptors.items[descriptor].variants.n;
        fpli_fail_at(p->error, FPL_E_MODEL, NULL, mark,
                     "descriptor '%s' has no variant '%s'",
                     content->descriptors.items[descriptor].id, p->now.text);
    }
    int nearest = fpli_nearest(p->now.text, name_at, &list, n);
    if (nearest >= 0)
        fpli_note(p->error, (fpl_mark){0}, "the nearest name is '%s'",
                  name_at(&list, nearest));
}

static int descriptor_name(parser *p)
{
    if (p->now.kind != NAME) {
        complain(p, FPL_E_SYNTAX, "the id of a descriptor");
        return -1;
    }
    int d = fpl_model_find_descriptor(p->model, p->now.text);
    if (d < 0) unknown_name(p, -1);
    return d;
}

static int variant_name(parser *p, int descriptor)
{
    if (p->now.kind != NAME) {
        complain(p, FPL_E_SYNTAX, "the id of a variant");
        return -1;
    }
    int v = fpl_model_find_variant(p->model, descriptor, p->now.text);
    if (v < 0) unknown_name(p, descriptor);
    return v;
}

/* ---- tree --------------------------------------------------------------------------------- */

static const node *make(parser *p, node content)
{
    if (p->status != FPL_OK) return NULL;
    node *made = fpli_arena_alloc(p->arena, 1, sizeof *made);
    if (made == NULL)
        p->status = fpli_no_memory(p->error);
    else
        *made = content;
    return made;
}

static uint64_t below(int v)
{
    return ((uint64_t)1 << v) - 1;
}

static uint64_t bit(int v)
{
    return (uint64_t)1 << v;
}

/* The variants v' with v' OP v. */
static uint64_t compared(const char *op, int v)
{
    if (strcmp(op, "=") == 0) return bit(v);
    if (strcmp(op, "!=") == 0) return ~bit(v);
    if (strcmp(op, "<") == 0) return below(v);
    if (strcmp(op, "<=") == 0) return below(v) | bit(v);
    if (strcmp(op, ">") == 0) return ~(below(v) | bit(v));
    return ~below(v);
}

static uint64_t set_in_braces(parser *p, int descriptor)
{
    uint64_t set = 0;
    if (!accept(p, "{")) {
        complain(p, FPL_E_SYNTAX, "'{'");
        return 0;
    }
    do {
        int v = variant_name(p, descriptor);
        if (v < 0) return 0;
        set |= bit(v);
        next(p);
    } while (accept(p, ","));
    if (!accept(p, "}")) complain(p, FPL_E_SYNTAX, "',' or '}'");
    return set;
}

static bool is_comparison(const parser *p)
{
    static const char *const signs[] = {"=", "!=", "<", "<=", ">", ">="};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (p->now.kind == SIGN && is(p, signs[i])) return true;
    return false;
}

static const node *test(parser *p)
{
    int d = descriptor_name(p);
    if (d < 0) return NULL;
    next(p);
    if (accept(p, "in"))
        return make(
            p,
            (node){.kind = NODE_TEST, .descriptor = d, .variants = set_in_braces(p, d)});
    if (!is_comparison(p)) {
        complain(p, FPL_E_SYNTAX, "a comparison (= != < <= > >= in)");
        return NULL;
    }
    if ((is(p, "<") || is(p, "<=") || is(p, ">") || is(p, ">=")) &&
        !fpl_model_is_ordered(p->model, d)) {
        p->status = fpli_fail_at(
            p->error, FPL_E_MODEL, NULL, mark_of(p, p->now.at, p->now.size),
            "'%s' needs ordered variants, and descriptor '%s' is not ordered",
            p->now.text, p->model->content.descriptors.items[d].id);
        fpli_note(p->error, (fpl_mark){0},
                  "write 'in {...}', or say 'ordered: yes' there");
        return NULL;
    }
    char op[3];
    memcpy(op, p->now.text, sizeof op);
    op[2] = '\0';
    next(p);
    int v = variant_name(p, d);
    if (v < 0) return NULL;
    next(p);
    return make(p,
                (node){.kind = NODE_TEST, .descriptor = d, .variants = compared(op, v)});
}

static const node *disjunction(parser *p);

static const node *negation(parser *p)
{
    if (p->status != FPL_OK) return NULL;
    if (++p->depth > FORMULA_DEPTH_MAX) {
        complain(p, FPL_E_SYNTAX, "less nesting");
        return NULL;
    }
    const node *result = NULL;
    if (accept(p, "not")) {
        const node *inner = negation(p);
        result = make(p, (node){.kind = NODE_NOT, .left = inner});
    } else if (accept(p, "(")) {
        result = disjunction(p);
        if (!accept(p, ")")) complain(p, FPL_E_SYNTAX, "')'");
    } else if (is(p, "true") || is(p, "false")) {
        result = make(p, (node){.kind = NODE_CONST, .variants = is(p, "true")});
        next(p);
    } else {
        result = test(p);
    }
    p->depth--;
    return result;
}

static const node *conjunction(parser *p)
{
    const node *left = negation(p);
    while (p->status == FPL_OK && accept(p, "and")) {
        const node *right = negation(p);
        left = make(p, (node){.kind = NODE_AND, .left = left, .right = right});
    }
    return left;
}

static const node *disjunction(parser *p)
{
    const node *left = conjunction(p);
    while (p->status == FPL_OK && accept(p, "or")) {
        const node *right = conjunction(p);
        left = make(p, (node){.kind = NODE_OR, .left = left, .right = right});
    }
    return left;
}

fpl_status fpli_formula_parse(const fpl_model *model, const char *text, fpli_arena *arena,
                              const fpl_formula **formula, fpl_error *error)
{
    const size_t size = strlen(text);
    if (size > FORMULA_LENGTH_MAX)
        return fpli_fail(error, FPL_E_SYNTAX, "the formula has %zu bytes, %d are allowed",
                         size, FORMULA_LENGTH_MAX);
    if (fpli_utf8_check(text, size) != size)
        return fpli_fail(error, FPL_E_SYNTAX, "the formula is not valid UTF-8");
    parser p = {.model = model, .text = text, .arena = arena, .error = error};
    next(&p);
    const node *root = disjunction(&p);
    if (p.status == FPL_OK && p.now.kind != END)
        complain(&p, FPL_E_SYNTAX, "'and' or 'or'");
    if (p.status != FPL_OK) return p.status;
    fpl_formula *made = fpli_arena_alloc(arena, 1, sizeof *made);
    if (made == NULL) return fpli_no_memory(error);
    made->root = root;
    *formula = made;
    return FPL_OK;
}

fpl_status fpl_formula_parse(const fpl_model *model, const char *text,
                             fpl_formula **formula, fpl_error *error)
{
    fpli_arena *arena = fpli_arena_new();
    if (arena == NULL) return fpli_no_memory(error);
    const fpl_formula *parsed = NULL;
    fpl_formula *owner = NULL;
    fpl_status status = fpli_formula_parse(model, text, arena, &parsed, error);
    if (status == FPL_OK && (owner = fpli_new(1, sizeof *owner)) == NULL)
        status = fpli_no_memory(error);
    if (status != FPL_OK) {
        fpli_arena_free(arena);
        return status;
    }
    owner->root = parsed->root;
    owner->arena = arena;
    *formula = owner;
    return FPL_OK;
}

fpl_status fpl_formula_negate(const fpl_formula *formula, fpl_formula **negation,
                              fpl_error *error)
{
    fpl_formula *owner = fpli_new(1, sizeof *owner);
    fpli_arena *arena = fpli_arena_new();
    node *root = arena == NULL ? NULL : fpli_arena_alloc(arena, 1, sizeof *root);
    if (owner == NULL || root == NULL) {
        fpli_arena_free(arena);
        fpli_free(owner);
        return fpli_no_memory(error);
    }
    *root = (node){.kind = NODE_NOT, .left = formula->root};
    *owner = (fpl_formula){.arena = arena, .root = root};
    *negation = owner;
    return FPL_OK;
}

void fpl_formula_free(fpl_formula *formula)
{
    if (formula == NULL) return;
    fpli_arena_free(formula->arena);
    fpli_free(formula);
}

/* ---- evaluation --------------------------------------------------------------------------- */

static bool holds(const node *n, const uint16_t *z)
{
    switch (n->kind) {
    case NODE_TEST: return n->variants >> z[n->descriptor] & 1;
    case NODE_CONST: return n->variants != 0;
    case NODE_NOT: return !holds(n->left, z);
    case NODE_AND: return holds(n->left, z) && holds(n->right, z);
    case NODE_OR: return holds(n->left, z) || holds(n->right, z);
    }
    return false;
}

bool fpl_formula_holds(const fpl_formula *formula, const uint16_t *z)
{
    return holds(formula->root, z);
}

static fpli_truth negated(fpli_truth truth)
{
    return truth == FPLI_UNKNOWN ? truth : truth == FPLI_TRUE ? FPLI_FALSE : FPLI_TRUE;
}

static fpli_truth under(const node *n, const uint64_t *domains)
{
    switch (n->kind) {
    case NODE_TEST: {
        const uint64_t domain = domains[n->descriptor];
        if ((domain & n->variants) == 0) return FPLI_FALSE;
        return (domain & ~n->variants) == 0 ? FPLI_TRUE : FPLI_UNKNOWN;
    }
    case NODE_CONST: return n->variants != 0 ? FPLI_TRUE : FPLI_FALSE;
    case NODE_NOT: return negated(under(n->left, domains));
    case NODE_AND:
    case NODE_OR: {
        const fpli_truth decisive = n->kind == NODE_AND ? FPLI_FALSE : FPLI_TRUE;
        const fpli_truth left = under(n->left, domains);
        if (left == decisive) return decisive;
        const fpli_truth right = under(n->right, domains);
        if (right == decisive) return decisive;
        return left == FPLI_UNKNOWN || right == FPLI_UNKNOWN ? FPLI_UNKNOWN : left;
    }
    }
    return FPLI_UNKNOWN;
}

fpli_truth fpli_formula_under(const fpl_formula *formula, const uint64_t *domains)
{
    return under(formula->root, domains);
}

static void mark_descriptors(const node *n, bool *named)
{
    if (n == NULL) return;
    if (n->kind == NODE_TEST) named[n->descriptor] = true;
    mark_descriptors(n->left, named);
    mark_descriptors(n->right, named);
}

void fpl_formula_mark_descriptors(const fpl_formula *formula, bool *named)
{
    mark_descriptors(formula->root, named);
}

static bool speaks_only_of(const node *n, const bool *known)
{
    if (n == NULL) return true;
    if (n->kind == NODE_TEST && !known[n->descriptor]) return false;
    return speaks_only_of(n->left, known) && speaks_only_of(n->right, known);
}

bool fpl_formula_speaks_only_of(const fpl_formula *formula, const bool *known)
{
    return speaks_only_of(formula->root, known);
}

static void hash_node(const node *n, fpli_sha256 *hash)
{
    if (n == NULL) return;
    unsigned char bytes[13] = {(unsigned char)n->kind};
    for (int i = 0; i < 4; i++)
        bytes[1 + i] = (unsigned char)((unsigned)n->descriptor >> 8 * i);
    for (int i = 0; i < 8; i++) bytes[5 + i] = (unsigned char)(n->variants >> 8 * i);
    fpli_sha256_add(hash, bytes, sizeof bytes);
    hash_node(n->left, hash);
    hash_node(n->right, hash);
}

void fpli_formula_hash(const fpl_formula *formula, fpli_sha256 *hash)
{
    hash_node(formula->root, hash);
}
