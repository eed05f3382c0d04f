// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * A template as a node's agent uses them: statics whose address is their value, both styles of
 * maps, programs wired by section names, and every kind of call that is traced.
 */
#include "fixture.h"

/* Every word is non-zero, or the compiler would move it to .bss. */
volatile __u32 ENDPOINT_IPV4 = 0x010200c0;
volatile __u16 ENDPOINT_ID = 0xffff;
volatile __u32 IDENTITY = 2;

#define fetch_u32(symbol) ((__u32)(unsigned long)(&symbol))
#define fetch_u16(symbol) ((__u16)(unsigned long)(&symbol))

struct legacy_map SEC("maps") policy_calls = {
	.type = BPF_PROG_ARRAY, .size_key = 4, .size_value = 4, .max_elem = 65535, .id = 1, .pinning = 2,
};

struct legacy_map SEC("maps") calls_65535 = {
	.type = BPF_PROG_ARRAY, .size_key = 4, .size_value = 4, .max_elem = 8, .id = 2, .pinning = 2,
};

/* 14 bytes, the last two chunks misaligned on the stack */
struct tuple {
	__be32 daddr;
	__be32 saddr;
	__be16 dport;
	__be16 sport;
	__u8 proto;
	__u8 flags;
} __attribute__((packed));

struct state {
	__u64 packets;
	__u32 lifetime;
	__u16 seen : 1, closing : 1, reserved : 14;
	__u16 id;
	__be32 peer;
	__u8 mac[6];
	__u8 pad[6]; /* to the end: what the compiler pads would be whatever was on the stack */
};

struct {
	uint(type, BPF_HASH);
	type(key, struct tuple);
	type(value, struct state);
	uint(max_entries, 128);
	uint(map_flags, 1);
} flows_tcp SEC(".maps"), flows_any SEC(".maps");

struct {
	uint(type, BPF_PERCPU_ARRAY);
	uint(key_size, 4);
	uint(value_size, 48);
	uint(max_entries, 1);
} scratch SEC(".maps");

struct lpm_key {
	__u32 prefix;
	__u32 address;
};

struct {
	uint(type, BPF_LPM_TRIE);
	type(key, struct lpm_key);
	type(value, __u32);
	uint(max_entries, 16);
	uint(map_flags, 1);
	uint(pinning, 1);
} prefixes SEC(".maps");

struct {
	uint(type, BPF_PERF_EVENT_ARRAY);
	uint(key_size, 4);
	uint(value_size, 4);
} events SEC(".maps");

struct event {
	__u32 identity;
	__u32 id;
	__u64 time;
};

/* The key comes from the caller's frame: its place is not known here. */
static NOINLINE long forget(struct tuple *tuple)
{
	return map_delete(&flows_any, tuple);
}

static NOINLINE __u32 prefix_label(__u32 address)
{
	struct lpm_key key = { .prefix = 32, .address = address };
	__u32 *label = map_lookup(&prefixes, &key);

	return label ? *label : 0;
}

SEC("from-container") int from_container(struct __sk_buff *skb)
{
	skb->cb[0] = 7;
	skb->mark = fetch_u32(IDENTITY);
	tail_call(skb, &calls_65535, 3);
	return -140;
}

SEC("2/3") int handle_flow(struct __sk_buff *skb)
{
	struct tuple tuple = {
		.daddr = fetch_u32(ENDPOINT_IPV4),
		.saddr = skb->cb[1],
		.sport = skb->cb[2],
		.proto = skb->cb[3],
	};
	void *flows = tuple.proto == 6 ? (void *)&flows_tcp : (void *)&flows_any;
	struct state *known = map_lookup(flows, &tuple);
	struct event event = { .identity = fetch_u32(IDENTITY), .id = fetch_u16(ENDPOINT_ID) };

	if (known) {
		__sync_fetch_and_add(&known->packets, 1);
		known->lifetime = ktime_ns() / 1000000000 + 60;
		known->seen = 1;
	} else {
		struct state fresh = { .packets = 1, .peer = tuple.saddr, .mac = { 2, 4, 6, 8, 10, 12 } };

		fresh.id = fetch_u16(ENDPOINT_ID);
		fresh.lifetime = ktime_ns() / 1000000000 + 20;
		if (map_update(flows, &tuple, &fresh, 0) < 0)
			return -155;
	}
	event.time = ktime_ns();
	perf_output(skb, &events, 0xffffffffULL, &event, sizeof(event));
	if (skb->cb[4] == 1)
		tail_call(skb, &policy_calls, skb->cb[2]);
	if (skb->cb[4] == 2)
		return redirect(skb->cb[2], 1);
	if (skb->cb[4] == 3)
		forget(&tuple);
	skb->cb[0] = prefix_label(tuple.saddr);
	return 0;
}

SEC("1/0xffff") int handle_policy(struct __sk_buff *skb)
{
	__u32 zero = 0;
	__u64 *value = map_lookup(&scratch, &zero);

	if (value) {
		/* a map value as key */
		struct tuple *kept = (struct tuple *)&value[1];

		value[0] = prandom();
		value[5] = jiffies();
		kept->saddr = skb->cb[1];
		kept->proto = 6;
		if (map_lookup(&flows_tcp, kept))
			return 2;
		skb->cb[1] = value[0];
	}
	return 1;
}

char _license[] SEC("license") = "Dual BSD/GPL";
