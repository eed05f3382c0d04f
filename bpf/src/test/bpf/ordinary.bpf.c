// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* An ordinary object: variables are memory, programs are chosen by initial map contents. */
#include "fixture.h"

static volatile const __u32 limit = 3;
static volatile __u32 counted = 40;
static volatile __u64 nothing;

struct inner {
	uint(type, BPF_ARRAY);
	type(key, __u32);
	type(value, __u64);
	uint(max_entries, 2);
} first_inner SEC(".maps"), second_inner SEC(".maps");

struct {
	uint(type, BPF_ARRAY_OF_MAPS);
	type(key, __u32);
	uint(max_entries, 2);
	array(values, struct inner);
} outer SEC(".maps") = { .values = { [1] = &second_inner } };

SEC("tc/step") int step(struct __sk_buff *skb)
{
	__u32 key = 1;
	void *chosen = map_lookup(&outer, &key);

	if (chosen) {
		__u64 *value = map_lookup(chosen, &key);

		if (value)
			*value = ++counted;
		/* An inner map again, the key in the same place */
		map_lookup(&first_inner, &key);
	}
	return counted;
}

SEC("xdp") int pass(void *ctx)
{
	return 2;
}

struct {
	uint(type, BPF_PROG_ARRAY);
	uint(key_size, 4);
	uint(max_entries, 4);
	array(values, int(void *));
} steps SEC(".maps") = { .values = { [2] = (void *)&step } };

SEC("tc") int count(struct __sk_buff *skb)
{
	counted++;
	nothing = skb->len;
	if (counted > limit)
		tail_call(skb, &steps, 2);
	return counted;
}

char _license[] SEC("license") = "GPL";
