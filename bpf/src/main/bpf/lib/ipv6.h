// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* IPv6: header and extension headers. */
#ifndef TAILWALK_IPV6_H
#define TAILWALK_IPV6_H

#include "l4.h"

struct ipv6hdr {
	__be32 first_word; /* version, traffic class, flow label */
	__be16 payload_len;
	__u8 nexthdr;
	__u8 hop_limit;
	union v6addr saddr;
	union v6addr daddr;
};

_Static_assert(sizeof(struct ipv6hdr) == 40, "IPv6 header layout");

#define IPV6_PAYLOAD_LEN_OFF 4
#define IPV6_NEXTHDR_OFF 6
#define IPV6_HOP_LIMIT_OFF 7
#define IPV6_SADDR_OFF 8
#define IPV6_DADDR_OFF 24

#define IPV6_VERSION_WORD 0x60000000
#define IPV6_TCLASS_MASK 0x0FF00000

#define NEXTHDR_HOP 0
#define NEXTHDR_ROUTING 43
#define NEXTHDR_FRAGMENT 44
#define NEXTHDR_AUTH 51
#define NEXTHDR_NONE 59
#define NEXTHDR_DEST 60

#define IPV6_MAX_HEADERS 4

struct ipv6_opt_hdr {
	__u8 nexthdr;
	__u8 hdrlen;
};

/* NULL if the frame is shorter than Ethernet and a fixed IPv6 header. */
static __always_inline struct ipv6hdr *ipv6_header(struct __sk_buff *ctx)
{
	void *data = ctx_pull(ctx, ETH_HLEN + sizeof(struct ipv6hdr));

	return data ? data + ETH_HLEN : NULL;
}

static __always_inline bool ipv6_addr_equals(const union v6addr *a, const union v6addr *b)
{
	return a->p1 == b->p1 && a->p2 == b->p2 && a->p3 == b->p3 && a->p4 == b->p4;
}

/*
 * Walks the extension headers. nexthdr goes in as the fixed header's and comes out as the transport's. Returns the
 * length of all headers up to there, or an error. The unit of a header's length is chosen by the protocol of the
 * header *after* it: kept as the reference behaves.
 */
static __always_inline int ipv6_hdrlen(struct __sk_buff *ctx, __u8 *nexthdr)
{
	int len = sizeof(struct ipv6hdr);
	struct ipv6_opt_hdr opt;
	__u8 nh = *nexthdr;

#pragma unroll
	for (int i = 0; i < IPV6_MAX_HEADERS; i++) {
		switch (nh) {
		case NEXTHDR_NONE:
			return DROP_INVALID_EXTHDR;
		case NEXTHDR_FRAGMENT:
			return DROP_FRAG_NOSUPPORT;
		case NEXTHDR_HOP:
		case NEXTHDR_ROUTING:
		case NEXTHDR_AUTH:
		case NEXTHDR_DEST:
			if (skb_load_bytes(ctx, ETH_HLEN + len, &opt, sizeof(opt)) < 0)
				return DROP_INVALID;
			nh = opt.nexthdr;
			len += nh == NEXTHDR_AUTH ? (opt.hdrlen + 2) * 4 : (opt.hdrlen + 1) * 8;
			break;
		default:
			*nexthdr = nh;
			return len;
		}
	}
	return DROP_INVALID_EXTHDR;
}

#endif
