// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Connection tracking. A lookup builds the tuple of the *opposite* direction first (a hit means reply), then reverses
 * it and asks for its own (a hit means established). The tuple keeps the form of the last lookup, and a new entry is
 * made in that form.
 */
#ifndef TAILWALK_CONNTRACK_H
#define TAILWALK_CONNTRACK_H

#include "conntrack_entry.h"
#include "dbg.h"
#include "ipv4.h"
#include "ipv6.h"
#include "signal.h"

static __always_inline enum ct_status ct_reply_status(enum ct_status status, __u8 tuple_flags)
{
	if (status == CT_NEW)
		return CT_NEW;
	return tuple_flags & TUPLE_F_RELATED ? CT_RELATED : CT_REPLY;
}

static __always_inline int ct_load_tcp_flags(struct __sk_buff *ctx, int l4_off, struct ct_l4 *l4)
{
	__u8 bytes[2];

	if (skb_load_bytes(ctx, l4_off + TCP_FLAGS_OFF, bytes, sizeof(bytes)) < 0)
		return DROP_CT_INVALID_HDR;
	l4->tcp_flags = bytes[1];
	if (l4->tcp_flags & (TCP_FLAG_RST | TCP_FLAG_FIN))
		l4->action = ACTION_CLOSE;
	return 0;
}

#ifdef ENABLE_IPV4
# include "conntrack4.h"
#endif
#ifdef ENABLE_IPV6
# include "conntrack6.h"
#endif

#endif
