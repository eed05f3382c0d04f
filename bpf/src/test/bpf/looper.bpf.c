// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Calls itself until the kernel's budget of 33 tail calls is spent; counts in cb[0]. */
#include "fixture.h"

struct legacy_map SEC("maps") self = {
	.type = BPF_PROG_ARRAY, .size_key = 4, .size_value = 4, .max_elem = 1, .id = 5,
};

SEC("5/0") int again(struct __sk_buff *skb)
{
	skb->cb[0]++;
	tail_call(skb, &self, 0);
	skb->cb[1] = 1;
	return -1;
}

SEC("classifier") int start(struct __sk_buff *skb)
{
	skb->cb[0] = 0;
	tail_call(skb, &self, 0);
	return 0;
}

char _license[] SEC("license") = "GPL";
