/* Makes one and the same decision of 50 rules over 6 facts in every language that the comparison needs, and the cases.
 *
 *   table yaml before|after       the decision's file
 *   table c before|after          a function of C with the table hard-coded
 *   table sql before|after        a CASE expression
 *   table cases N                 N cases as CSV
 *
 * Everything follows from a fixed seed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 20260101;
static uint64_t next(void) {
  uint64_t mixed = (state += 0x9E3779B97F4A7C15u);
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 31);
}
static int below(int count) { return (int)(next() % (uint64_t)count); }

static const char *countries[] = {"CH", "DE", "FR", "IT", "AT", "LI", "US", "Elsewhere"};
static const char *branches[] = {"retail", "private", "corporate", "institutional", "Zürich"};
static const char *routes[] = {"decline", "refer", "approve"};

enum { RULES = 50 };
struct rule { int score, amount, country, branch, exposed, year, route; }; /* negative: no condition */
static struct rule rules[RULES];

static void make(int is_after) {
  for (int i = 0; i < RULES; i++) {
    struct rule *r = &rules[i];
    r->score = below(3) ? 55 + below(45) : -1;
    r->amount = below(2) ? 400000 + 1000 * below(590) : -1;
    r->country = below(3) ? -1 : below(8);
    r->branch = below(3) ? -1 : below(5);
    r->exposed = below(4) ? -1 : below(2);
    r->year = below(3) ? -1 : 1990 + below(20);
    r->route = below(3);
    if (r->score < 0 && r->amount < 0) r->score = 70;
    if (i % 5 == 4 && is_after) {
      if (r->score >= 0) r->score -= 5;
      else r->amount -= 50000;
    }
  }
  rules[RULES - 1] = (struct rule){-1, -1, -1, -1, -1, -1, 2};
}

static void yaml(void) {
  printf("id: bench\ntitle: Bench\nquestion: What?\ninputs:\n"
         "  - {name: score, type: number, allowed: \"[0..100]\", step: 1}\n"
         "  - {name: amount, type: number, allowed: \">= 0\"}\n"
         "  - {name: country, type: string}\n  - {name: branch, type: string}\n"
         "  - {name: exposed, type: boolean}\n  - {name: opened, type: date}\n"
         "outputs:\n  - {name: route, type: string, allowed: '\"decline\", \"refer\", \"approve\"', strictest: first}\n"
         "hitPolicy: first\nrules: |\n"
         "  | id | score | amount | country | branch | exposed | opened | route |\n"
         "  |----|-------|--------|---------|--------|---------|--------|-------|\n");
  for (int i = 0; i < RULES; i++) {
    struct rule *r = &rules[i];
    printf("  | r%d | ", i + 1);
    if (r->score >= 0) printf("> %d | ", r->score); else printf("- | ");
    if (r->amount >= 0) printf(">= %d.5 | ", r->amount); else printf("- | ");
    if (r->country >= 0) printf("\"%s\" | ", countries[r->country]); else printf("- | ");
    if (r->branch >= 0) printf("\"%s\" | ", branches[r->branch]); else printf("- | ");
    if (r->exposed >= 0) printf("%s | ", r->exposed ? "true" : "false"); else printf("- | ");
    if (r->year >= 0) printf("< @\"%d-07-01\" | ", r->year); else printf("- | ");
    printf("%s |\n", routes[r->route]);
  }
}

static void condition(const struct rule *r, int is_sql) {
  const char *and = is_sql ? " AND " : " && ";
  int any = 0;
#define AND() (any++ ? printf("%s", and) : 0)
  if (r->score >= 0) { AND(); printf("score > %d", r->score); }
  if (r->amount >= 0) { AND(); printf(is_sql ? "amount >= %d.5" : "cents >= %d50", r->amount); }
  if (r->country >= 0) { AND(); if (is_sql) printf("country = '%s'", countries[r->country]); else printf("is(country, country_length, \"%s\", %zu)", countries[r->country], strlen(countries[r->country])); }
  if (r->branch >= 0) { AND(); if (is_sql) printf("branch = '%s'", branches[r->branch]); else printf("is(branch, branch_length, \"%s\", %zu)", branches[r->branch], strlen(branches[r->branch])); }
  if (r->exposed >= 0) { AND(); printf(is_sql ? (r->exposed ? "exposed" : "NOT exposed") : (r->exposed ? "exposed" : "!exposed")); }
  if (r->year >= 0) { AND(); printf(is_sql ? "opened < DATE '%d-07-01'" : "day < %d0701", r->year); }
  if (!any) printf(is_sql ? "TRUE" : "1");
}

static void c(const char *name) {
  printf("static int %s(int score, long cents, const char *country, int country_length, const char *branch, "
         "int branch_length, int exposed, int day) {\n", name);
  for (int i = 0; i < RULES; i++) {
    printf("  if (");
    condition(&rules[i], 0);
    printf(") return %d;\n", rules[i].route);
  }
  printf("  return 3;\n}\n");
}

static void sql(void) {
  printf("CASE");
  for (int i = 0; i < RULES; i++) {
    printf(" WHEN ");
    condition(&rules[i], 1);
    printf(" THEN '%s'", routes[rules[i].route]);
  }
  printf(" END");
}

static void cases(long count) {
  state = 7;
  printf("score,amount,country,branch,exposed,opened\n");
  for (long i = 0; i < count; i++)
    printf("%d,%d.%02d,%s,%s,%s,%d-%02d-%02d\n", below(101), below(1000000), below(100), countries[below(8)],
           branches[below(5)], below(10) ? "false" : "true", 1985 + below(40), 1 + below(12), 1 + below(28));
}

int main(int argc, char **argv) {
  if (argc < 3) return 64;
  if (!strcmp(argv[1], "cases")) { cases(atol(argv[2])); return 0; }
  make(!strcmp(argv[2], "after"));
  if (!strcmp(argv[1], "yaml")) yaml();
  else if (!strcmp(argv[1], "c")) c(argv[2]);
  else sql();
  return 0;
}
