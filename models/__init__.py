"""The rooms, from the ground floor up: a room may use those listed before it."""

from . import base  # what several rooms share
from . import history  # events that nobody changes: sealed, checked, signed
from . import retention  # how long lots and what is known of them are kept
from . import cost  # what a unit of a lot cost
from . import origin  # who supplied a lot, under which number, made when
from . import disposition  # what may be done with a lot or in a place, and the gate
from . import ledger  # held stock changes by permission alone; what is done is evidence
from . import number  # how lots are named, and found by their name
from . import genealogy  # which lots became which: links, their derivation, walks
from . import trace  # questions over the links: who has it, where is it
from . import operation  # split, merge, repack and relabel
from . import hold  # decisions to hold or release, who approves them, until when
from . import removal  # which lot goes next, and why
from . import simulation  # what another strategy would have done
from . import inspection  # plans, results, verdicts
from . import certificate  # what customers read of inspections
from . import expiry  # what dates make happen
from . import recall  # find and stop
from . import agenda  # what is due in recalls, who works them, when they drill
from . import inbound  # what suppliers and authorities recall, that we may have
from . import notice  # tell whoever has it
from . import answer  # what consignees tell of recalled goods, and by which way
from . import reconcile  # what became of recalled goods, checked and proved
from . import remedy  # bring to quarantine, tell orders hit, replace, credit
from . import privacy  # what is erased of people when a recall is over
from . import overview  # the home of the app
