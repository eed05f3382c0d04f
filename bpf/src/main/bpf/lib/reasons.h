// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Return codes and reasons. A program fails with the negative code; events and metrics carry the positive one. */
#ifndef TAILWALK_REASONS_H
#define TAILWALK_REASONS_H

#define CTX_ACT_OK 0
#define CTX_ACT_DROP 2
#define CTX_ACT_REDIRECT 7
/* Internal: a policy function asks its caller to hand the packet to the proxy. */
#define POLICY_ACT_PROXY_REDIRECT (1 << 16)

/* A negative code is an error; so is the drop verdict itself, which a notification that fell through leaves behind. */
#define IS_ERR(V) ((V) < 0 || (V) == CTX_ACT_DROP)

/* Reasons that are not drops. */
enum metric_reason {
	REASON_FORWARDED = 0,
	REASON_PLAINTEXT = 3,
	REASON_FRAG_PACKET = 9,
	REASON_FRAG_PACKET_UPDATE = 10,
	REASON_MISSED_CUSTOM_CALL = 11,
};

enum drop_reason {
	DROP_INVALID_SIP = -132,
	DROP_POLICY = -133,
	DROP_INVALID = -134,
	DROP_CT_INVALID_HDR = -135,
	DROP_CT_UNKNOWN_PROTO = -137,
	DROP_UNKNOWN_L3 = -139,
	DROP_MISSED_TAIL_CALL = -140,
	DROP_WRITE_ERROR = -141,
	DROP_UNKNOWN_L4 = -142,
	DROP_UNKNOWN_TARGET = -150,
	DROP_CSUM_L3 = -153,
	DROP_CSUM_L4 = -154,
	DROP_CT_CREATE_FAILED = -155,
	DROP_INVALID_EXTHDR = -156,
	DROP_FRAG_NOSUPPORT = -157,
	DROP_NO_SERVICE = -158,
	DROP_UNKNOWN_CT = -163,
	DROP_HOST_UNREACHABLE = -164,
	DROP_UNSUPPORTED_L2 = -166,
	DROP_FRAG_NOT_FOUND = -175,
	DROP_POLICY_DENY = -181,
	DROP_INVALID_TC_BUFFER = -184,
};

#endif
