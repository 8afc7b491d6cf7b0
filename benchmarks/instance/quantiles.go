package instance

// Quantiles at 0, 2, 4 .. 100 % of the distributions drawn from. Tables keep the draw in whole numbers, so that every
// machine makes the same region.
type quantiles [51]int

// shareRemaining is Beta(1.6, 1.4) in ten-thousandths.
var shareRemaining = quantiles{
	0, 659, 1023, 1324, 1593, 1839, 2069, 2287, 2496, 2697, 2891, 3080, 3264, 3444, 3620, 3793, 3963, 4131, 4297, 4461,
	4623, 4784, 4943, 5102, 5259, 5416, 5572, 5728, 5883, 6039, 6194, 6350, 6506, 6663, 6820, 6978, 7137, 7298, 7461,
	7625, 7793, 7963, 8136, 8314, 8498, 8688, 8887, 9099, 9330, 9594, 10000,
}

// attendance is the beta distribution with mean 0.60 and standard deviation 0.18, in ten-thousandths.
var attendance = quantiles{
	0, 2192, 2676, 3016, 3288, 3520, 3725, 3910, 4080, 4239, 4388, 4529, 4664, 4793, 4918, 5038, 5155, 5269, 5380, 5489,
	5596, 5702, 5805, 5908, 6009, 6110, 6210, 6309, 6409, 6508, 6607, 6707, 6807, 6908, 7009, 7112, 7217, 7323, 7432,
	7543, 7658, 7777, 7900, 8030, 8168, 8316, 8478, 8662, 8879, 9165, 10000,
}

// nearness and farness are lognormal factors of a median of 1000, cut off at 0.4 and 99.6 %. The catalogue gives the
// medians; the spreads 0.6 in towns and 0.5 in the country are ours.
var nearness = quantiles{
	204, 292, 350, 393, 430, 464, 494, 523, 551, 577, 604, 629, 655, 680, 705, 730, 755, 781, 806, 833, 859, 886, 913,
	942, 970, 1000, 1031, 1062, 1095, 1129, 1164, 1201, 1240, 1281, 1324, 1370, 1419, 1471, 1528, 1589, 1657, 1732, 1816,
	1912, 2024, 2157, 2323, 2542, 2859, 3429, 4910,
}

var farness = quantiles{
	266, 358, 417, 460, 495, 527, 556, 583, 608, 633, 657, 680, 702, 725, 747, 769, 791, 814, 836, 858, 881, 904, 927,
	951, 975, 1000, 1025, 1051, 1078, 1106, 1135, 1165, 1196, 1229, 1263, 1300, 1338, 1379, 1424, 1471, 1523, 1580, 1644,
	1716, 1799, 1898, 2019, 2176, 2400, 2792, 3766,
}
