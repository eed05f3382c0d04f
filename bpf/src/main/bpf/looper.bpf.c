// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A program that tail-calls itself until the kernel refuses, for the loader of iproute2 (`tc filter ... bpf obj looper.o`).
 *
 * Nothing in it but what that loader needs: a map definition in section `maps`, a program whose section names the map's id
 * and a slot, and an entry in section `classifier`. A packet's walk is 33 hops; the 34th tail call falls through, and the
 * packet passes with the number of hops in cb[0].
 */
#include "lib/helpers.h"
#include "lib/types.h"

#define TC_ACT_OK 0
#define TC_ACT_SHOT 2

/* Nine words; iproute2 knows nothing of BTF here. */
struct bpf_elf_map {
	__u32 type;
	__u32 size_key;
	__u32 size_value;
	__u32 max_elem;
	__u32 flags;
	__u32 id;      /* what a section's name refers to; 0: nothing refers to this map */
	__u32 pinning; /* see below */
	__u32 inner_id;
	__u32 inner_idx;
};

_Static_assert(sizeof(struct bpf_elf_map) == 36, "iproute2 reads 36 bytes");

/* Where the loader pins the map, and with it whether a second load finds the first one's: */
enum pinning {
	PIN_NONE = 0,      /* nowhere: it lives as long as the program */
	PIN_OBJECT_NS = 1, /* a folder of this object: programs of the same file share it */
	PIN_GLOBAL_NS = 2, /* `globals`: every object that names it so shares it */
};

#define BPF_MAP_TYPE_PROG_ARRAY 3

/* The section "ID/KEY": the loader writes this program into slot KEY of the map whose id is ID. */
#define __section_tail(ID, KEY) __section(__stringify(ID) "/" __stringify(KEY))

#define JMP_MAP_ID 42
#define JMP_LOOP 0

/*
 * Held by a pin rather than by the programs: a program array loses its slots when the last user-space reference goes,
 * so an unpinned one would be empty as soon as the loader has ended.
 */
struct bpf_elf_map jmp_tc __section("maps") = {
	.type = BPF_MAP_TYPE_PROG_ARRAY,
	.size_key = sizeof(__u32),
	.size_value = sizeof(__u32),
	.max_elem = 1,
	.id = JMP_MAP_ID,
	.pinning = PIN_OBJECT_NS,
};

char ____license[] __section("license") = "Dual BSD/GPL";

/* One hop. The call does not come back, except when the chain's budget is spent. */
__section_tail(JMP_MAP_ID, JMP_LOOP)
int loop(struct __sk_buff *ctx)
{
	ctx->cb[0]++;
	tail_call(ctx, &jmp_tc, JMP_LOOP);
	return TC_ACT_OK;
}

/* Dropped only if nothing was ever put into the slot. */
__section("classifier")
int entry(struct __sk_buff *ctx)
{
	ctx->cb[0] = 0;
	tail_call(ctx, &jmp_tc, JMP_LOOP);
	return TC_ACT_SHOT;
}
